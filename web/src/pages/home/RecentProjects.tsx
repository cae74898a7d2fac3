import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { useAnnounce } from "../../parts/useAnnounce";
import { ProjectLine, type ProjectCard } from "./ProjectLine";
import classes from "./RecentProjects.module.css";

const LOOK = 1500; // ms between two looks while an audit goes on

/** The datasets that were opened before, the last in front. */
export function RecentProjects() {
  const client = useQueryClient();
  const announce = useAnnounce();
  const projects = useQuery({
    queryKey: ["projects"],
    queryFn: () => dataOf(api.GET("/api/projects")),
    refetchOnMount: "always",
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ status }) => status === "working") ? LOOK : false,
  });
  const removal = useMutation({
    mutationFn: ({ id }: ProjectCard) =>
      api.DELETE("/api/projects/{project}", { params: { path: { project: id } } }),
    onSuccess: (_, { id, name }) => {
      client.setQueryData<ProjectCard[]>(["projects"], (cards) => cards?.filter((card) => card.id !== id));
      announce(`${name} was taken from the list. Its files stay where they are.`);
    },
  });
  if (projects.error)
    return (
      <ErrorNotice
        title="Your datasets could not be listed."
        error={projects.error}
        onRetry={() => void projects.refetch()}
      />
    );
  if (!projects.data?.length) return null;
  return (
    <section aria-labelledby="recent">
      <h2 id="recent" className={classes.heading}>
        Go on where you were
      </h2>
      {removal.error && <ErrorNotice title="It could not be taken from the list." error={removal.error} />}
      <ul className={classes.projects}>
        {projects.data.map((card) => (
          <ProjectLine
            key={card.id}
            card={card}
            now={projects.dataUpdatedAt / 1000}
            onRemove={() => removal.mutate(card)}
          />
        ))}
      </ul>
    </section>
  );
}
