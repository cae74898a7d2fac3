import { useQuery } from "@tanstack/react-query";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { ConnectionBanner } from "./ConnectionBanner";
import { DecisionPanel } from "./DecisionPanel";
import { Finished } from "./Finished";
import classes from "./ReviewPage.module.css";
import { MarkBar } from "./MarkBar";
import { ModeSwitch } from "./ModeSwitch";
import { detailQuery } from "./detailQuery";
import { modeOf } from "./modes";
import type { ProjectState } from "./types";
import type { Address } from "./useAddress";
import { useDecisions } from "./useDecisions";
import { useLeft } from "./useLeft";
import { useMarks } from "./useMarks";
import { useNews } from "./useNews";
import { useOverruling } from "./useOverruling";
import { useQueue } from "./useQueue";
import { useRows } from "./useRows";
import { useSelection } from "./useSelection";

interface Props {
  project: string;
  state: ProjectState;
  address: Address;
}

/** The rows under one set of conditions, and the decision about the selected one. */
export function Desk({ project, state, address }: Props) {
  const [queue, sent] = useQueue(project);
  const rows = useRows(project, address.where, address.sort, sent.pending);
  const selection = useSelection(project, address, rows);
  const marks = useMarks(rows, selection);
  const { row } = selection;
  const detail = useQuery({ ...detailQuery(project, row ?? 0), enabled: row !== null });
  const left = useLeft(project, queue, rows.total);
  const line = detail.data && rows.current(detail.data.line);
  const isFinished = selection.isFinished && line?.decision != null;
  const decisions = useDecisions(project, queue, { ...selection, receive: rows.receive, left });
  useNews(project, queue, rows);
  const overruling = useOverruling();
  const { Rows } = modeOf(address.view);
  const isEmpty = rows.total === 0 && !rows.isPending && !rows.error;

  const finished = (
    <div className={classes.finished}>
      <Finished project={project} where={address.where} setWhere={address.setWhere} />
    </div>
  );

  return (
    <>
      <section className={Rows ? classes.table : classes.bar} aria-label="Rows">
        <ConnectionBanner state={sent} onRetry={() => void queue.flush()} />
        <MarkBar project={project} address={address} marks={marks} total={rows.isPending ? null : rows.total}>
          <ModeSwitch address={address} />
        </MarkBar>
        {rows.error && (
          <ErrorNotice title="Some rows could not be read." error={rows.error} onRetry={rows.retry} />
        )}
        {Rows && rows.total > 0 && (
          <Rows
            hasLabel={state.label !== null}
            project={project}
            address={address}
            rows={rows}
            selection={selection}
            marks={marks}
          />
        )}
        {isEmpty && finished}
      </section>
      <aside className={Rows ? classes.panel : classes.focus} aria-label="Decision">
        {detail.error && (
          <ErrorNotice
            title="The row could not be read."
            error={detail.error}
            onRetry={() => void detail.refetch()}
          />
        )}
        {isFinished && <Finished project={project} where={address.where} setWhere={address.setWhere} />}
        {detail.data && line && (
          <DecisionPanel
            key={line.row}
            project={project}
            state={state}
            detail={detail.data}
            line={line}
            pending={sent.pending}
            deciding={{ ...decisions, ...overruling, ...selection }}
            isLarge={!Rows}
          />
        )}
      </aside>
    </>
  );
}
