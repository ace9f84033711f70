/** Annotations: moments that a query finds, drawn over every panel with a time axis. */
import type { Duration, Examples } from '../../query/duration.ts';
import type { AnyQuery, LabelsOf, OnlyLabelsOf } from '../../query/types.ts';
import { capturePosition } from '../../source/position.ts';
import type { AnnotationModel, Color } from '../model.ts';
import type { LegendLabels } from './legend.ts';

export interface AnnotationOptions<Labels extends string, Text extends string, Check> {
  readonly color?: Color;
  /** The heading, with labels in double braces. Default: the annotation's name. */
  readonly title?: Text & Check;
  /** The text below the heading, with labels in double braces. */
  readonly text?: Text & Check;
  /** Labels whose values become tags. */
  readonly tags?: readonly Labels[];
  /** Switched on when the dashboard opens. Default true. */
  readonly enabled?: boolean;
  /** Without a switch at the top of the dashboard. Default false. */
  readonly hidden?: boolean;
  /** The value of a sample is the moment, as with `kube_pod_created`. Seconds become milliseconds by themselves. */
  readonly valueIsTime?: boolean;
  /** How far apart two values are asked for. Default: Grafana's, 60 seconds. */
  readonly step?: Duration<Examples>;
}

/**
 * Annotations from a query: Grafana marks every moment at which the result is above 0.
 *
 * @param name what the switch at the top of the dashboard is called
 */
export function annotation<Q extends AnyQuery, const Text extends string = string>(
  name: string,
  query: Q,
  options: AnnotationOptions<LabelsOf<Q>, Text, OnlyLabelsOf<Q, LegendLabels<Text>>> = {},
): AnnotationModel {
  return Object.freeze({
    kind: 'annotation',
    name,
    query,
    color: options.color ?? 'blue',
    title: options.title ?? name,
    text: options.text ?? '',
    tagKeys: options.tags ?? [],
    enabled: options.enabled ?? true,
    hidden: options.hidden ?? false,
    valueIsTime: options.valueIsTime ?? false,
    ...(options.step === undefined ? {} : { step: options.step }),
    position: capturePosition(annotation),
  });
}
