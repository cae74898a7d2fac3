import { useDisclosure } from "@mantine/hooks";
import { formatCount } from "../../parts/numbers";
import { Choices } from "./Choices";
import { CommentList } from "./CommentList";
import { CommentBox } from "./CommentBox";
import { DecisionButtons } from "./DecisionButtons";
import { DecisionList } from "./DecisionList";
import classes from "./DecisionPanel.module.css";
import { Example } from "./Example";
import { FindingTabs } from "./FindingTabs";
import { LabelPalette } from "./LabelPalette";
import { NearRows } from "./NearRows";
import { Reasons } from "./Reasons";
import type { Deciding, DecisionIn, ProjectState, RowDetail, RowLine } from "./types";
import { usePanel } from "./usePanel";
import { Verdict } from "./Verdict";
import { ZoomDialog } from "./ZoomDialog";

export interface PanelProps {
  project: string;
  state: ProjectState;
  detail: RowDetail;
  /** The row as it is now, with what was just decided. */
  line: RowLine;
  pending: readonly DecisionIn[];
  deciding: Deciding;
  /** In Focus the example is large, and what is there to decide stays in view. */
  isLarge?: boolean;
}

/** One row: what it is, what looks wrong and why, and what to do about it. */
export function DecisionPanel(props: PanelProps) {
  const { project, state, detail, line, deciding, isLarge = false } = props;
  const [zoom, zooming] = useDisclosure(false);
  const [palette, paletting] = useDisclosure(false);
  const { finding, decided, pick, actions, choices, values, choose } = usePanel(props, {
    zoom: zooming.open,
    label: paletting.open,
  });
  const cells = detail.cells.filter(({ name }) => name !== state.label);

  if (!finding) return null;
  return (
    <div className={isLarge ? classes.large : classes.panel}>
      <h2 className={classes.title}>
        Row {formatCount(line.row)} <small>{line.id}</small>
      </h2>
      <Example project={project} row={line.row} cells={cells} isLarge={isLarge} />
      <div className={classes.decide}>
        <FindingTabs findings={detail.findings} shown={finding} decided={decided} onPick={pick} />
        <Verdict finding={finding} decision={line.decision} isOthers={deciding.isOthers(line)} />
        <DecisionButtons actions={actions} isExcluded={line.decision?.kind === "exclude"} />
      </div>
      <Choices choices={choices} given={finding.given} onChoose={choose} />
      <Reasons reasons={finding.reasons} nTwins={finding.twins.length} />
      <NearRows
        project={project}
        media={state.media}
        nearest={detail.nearest}
        finding={finding}
        onOpen={deciding.visit}
      />
      <CommentList comments={detail.comments} />
      <DecisionList decisions={detail.decisions} />
      <CommentBox
        onComment={(reason) =>
          deciding.comment(line, finding, { kind: "comment", column: finding.column, reason })
        }
      />
      <ZoomDialog opened={zoom} onClose={zooming.close} project={project} row={line.row} cells={cells} />
      <LabelPalette
        opened={palette}
        values={values}
        given={finding.given}
        onChoose={choose}
        onClose={paletting.close}
      />
    </div>
  );
}
