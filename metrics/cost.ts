/**
 * Cost: the cloud bill as its exporter reads it (AWS Cost Explorer), and OpenCost's prices per node.
 *
 * The bill's gauges each cover a whole window that the label names. They are never to be multiplied by a
 * number of days, and never to be added up over windows, bases (`metric`) or estimates.
 */
import { any, counter, gauge, oneOf } from 'dashwright';
import { cloudCost, opencost } from './exporters.ts';

const bill = { provider: oneOf('aws'), account: any, scope: any };
const money = { unit: 'usd', from: cloudCost } as const;

export const COST_WINDOWS = ['last_complete_day', 'month_to_date', '30d', 'last_month'] as const;

/** Unblended: as charged that day. Amortized: fees of commitments spread over their term. */
export const COST_METRICS = ['unblended', 'amortized', 'net_amortized'] as const;

export const cost = gauge('cloud_cost_usd', {
  help: 'Cost of the window, without tax. Negative where credits exceed the usage.',
  labels: {
    ...bill,
    service: any,
    window: oneOf(...COST_WINDOWS),
    metric: oneOf(...COST_METRICS),
    estimated: oneOf('true', 'false'),
  },
  ...money,
});

export const costForecast = gauge('cloud_cost_forecast_usd', {
  help: 'What the whole current month will cost, actual days included (GetCostForecast, mean).',
  labels: { ...bill, period: oneOf('month') },
  ...money,
});

export const costBudget = gauge('cloud_budget_usd', {
  help: 'What the period may cost, from configuration.',
  labels: { ...bill, period: oneOf('month') },
  range: { min: 0 },
  ...money,
});

export const costUntagged = gauge('cloud_cost_untagged_usd', {
  help: 'Unblended cost of the window of what lacks the tag.',
  labels: { ...bill, tag_key: any, window: oneOf(...COST_WINDOWS) },
  ...money,
});

const commitment = { ...bill, kind: oneOf('savings_plan', 'reservation'), window: oneOf('30d', 'last_month') };

export const savingsNet = gauge('cloud_savings_net_usd', {
  help: 'Saved against on-demand prices, fees of unused commitment deducted. Negative when it cost more.',
  labels: commitment,
  ...money,
});

export const onDemandEquivalent = gauge('cloud_on_demand_equivalent_usd', {
  help: 'What the usage covered by commitments would have cost on demand.',
  labels: commitment,
  range: { min: 0 },
  ...money,
});

export const commitmentUtilization = gauge('cloud_commitment_utilization_ratio', {
  help: 'Used share of the commitment.',
  unit: 'ratio',
  labels: commitment,
  range: { min: 0, max: 1 },
  from: cloudCost,
});

export const commitmentCoverage = gauge('cloud_commitment_coverage_ratio', {
  help: 'Share of the eligible usage that commitments cover.',
  unit: 'ratio',
  labels: commitment,
  range: { min: 0, max: 1 },
  from: cloudCost,
});

export const costPeriodEnd = gauge('cloud_cost_period_end_timestamp_seconds', {
  help: 'End of the window that the figures cover, exclusive, UTC.',
  unit: 'timestamp_seconds',
  labels: { provider: oneOf('aws'), window: oneOf(...COST_WINDOWS) },
  from: cloudCost,
});

export const costLastSuccess = gauge('cloud_cost_last_success_timestamp_seconds', {
  help: 'When the bill was last read with success.',
  unit: 'timestamp_seconds',
  labels: { provider: oneOf('aws') },
  from: cloudCost,
});

export const costApiRequests = counter('cloud_cost_api_requests_total', {
  help: 'Requests to the billing API; each page is one.',
  unit: 'count',
  labels: { operation: any, result: oneOf('success', 'error') },
  from: cloudCost,
});

export const costApiSpend = counter('cloud_cost_api_request_spend_usd_total', {
  help: 'What those requests cost.',
  unit: 'usd',
  labels: {},
  from: cloudCost,
});

/** List prices, unless OpenCost is connected to the cloud account. */
const priced = { node: any, instance_type: any, region: any, provider_id: any, arch: any };
const price = { unit: 'dollars_per_hour', labels: priced, range: { min: 0 }, from: opencost } as const;

export const nodeCpuHourlyCost = gauge('node_cpu_hourly_cost', { help: 'Price of a core.', ...price });

export const nodeRamHourlyCost = gauge('node_ram_hourly_cost', { help: 'Price of a GiB of memory.', ...price });

export const nodeGpuHourlyCost = gauge('node_gpu_hourly_cost', { help: 'Price of a GPU.', ...price });

export const nodeTotalHourlyCost = gauge('node_total_hourly_cost', { help: 'Price of the node.', ...price });

/** The larger of request and usage, which is what OpenCost bills a container for. */
const allocated = { namespace: any, pod: any, container: any, node: any };

export const cpuAllocation = gauge('container_cpu_allocation', {
  help: 'Cores that the container is billed for.',
  unit: 'cores',
  labels: allocated,
  range: { min: 0 },
  from: opencost,
});

export const memoryAllocation = gauge('container_memory_allocation_bytes', {
  help: 'Memory that the container is billed for.',
  unit: 'bytes',
  labels: allocated,
  range: { min: 0 },
  from: opencost,
});

export const gpuAllocation = gauge('container_gpu_allocation', {
  help: 'GPUs that the container is billed for.',
  unit: 'count',
  labels: allocated,
  range: { min: 0 },
  from: opencost,
});
