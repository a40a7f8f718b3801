import type {
  AgendaItemKind,
  AttendanceCapacity,
  DecisionOutcome,
  DocumentKind,
  OrganizationKind,
  StepKind,
  StepStatus,
} from '../../gql/graphql';

/** Members of the API's enums, to choose from and to check addresses against; the compiler refuses unknown ones. */
export const itemKinds: readonly AgendaItemKind[] = ['DELIBERATE', 'HEAR_REPORT', 'STUDY', 'CONVEY', 'DISCUSS', 'APPROVE_MINUTES', 'OTHER'];
export const outcomes: readonly DecisionOutcome[] = [
  'APPROVED',
  'APPROVED_IN_PRINCIPLE',
  'APPROVED_AS_AMENDED',
  'NOTED',
  'POSTPONED',
  'REFERRED',
  'RETURNED',
  'WITHDRAWN',
  'REJECTED',
  'OTHER',
];
export const documentKinds: readonly DocumentKind[] = ['MINUTES', 'PLAN', 'MEASURES', 'REGULATION', 'REPORT', 'OPINION', 'NOTICE', 'OTHER'];
export const organizationKinds: readonly OrganizationKind[] = [
  'GOVERNMENT',
  'PARTY',
  'LEGISLATURE',
  'COURT',
  'DEPARTMENT',
  'SUBDIVISION',
  'COMPANY',
  'INSTITUTION',
  'ASSOCIATION',
  'COMMITTEE',
  'COLLECTIVE',
  'OTHER',
];
export const capacities: readonly AttendanceCapacity[] = ['PRESIDING', 'ATTENDING', 'OBSERVING', 'INVITED', 'REPRESENTATIVE', 'RECORDER'];
export const stepKinds: readonly StepKind[] = ['REVISE', 'REVIEW', 'SUBMIT', 'ISSUE', 'IMPLEMENT', 'OTHER'];
export const stepStatuses: readonly StepStatus[] = ['OPEN', 'OVERDUE', 'DONE', 'CANCELLED'];
