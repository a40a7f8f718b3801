import { graphql } from '../../gql';

graphql(`
  fragment Match on ImportMatch {
    key
    name
    type
    status
    why
    start
    end
    record {
      __typename
      id
    }
    candidates {
      name
      score
      why
      record {
        __typename
        id
      }
    }
  }
`);

export const Preview = graphql(`
  mutation PreviewImport($input: ImportInput!, $resolutions: [MatchResolution!]) {
    previewImport(input: $input, resolutions: $resolutions) {
      text
      format
      counts {
        type
        created
        updated
        unchanged
        withdrawn
      }
      matches {
        ...Match
      }
      values {
        path
        type
        value
        start
        end
        method
        list
        required
        removed
      }
      facts {
        type
        record
        effect
        field
        value
        start
        end
      }
      warnings {
        code
        message
        start
        end
        line
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const Import = graphql(`
  mutation ImportMinutes($input: ImportInput!, $resolutions: [MatchResolution!]) {
    importMinutes(input: $input, resolutions: $resolutions) {
      meeting {
        id
        title
      }
      document {
        id
      }
      counts {
        type
        created
        updated
        unchanged
        withdrawn
      }
      questions {
        key
      }
      kept {
        field
        record {
          __typename
          id
        }
      }
      warnings {
        code
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const StartImport = graphql(`
  mutation StartImport($input: ImportInput!, $resolutions: [MatchResolution!]) {
    startImport(input: $input, resolutions: $resolutions) {
      job {
        id
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const Follow = graphql(`
  subscription ImportProgress($job: ID!) {
    importProgress(job: $job) {
      id
      state
      step
      stepsDone
      stepsTotal
      ahead
      meeting {
        id
        title
      }
      counts {
        type
        created
        updated
        unchanged
        withdrawn
      }
      questions {
        key
      }
      kept {
        field
        record {
          __typename
          id
        }
      }
      error {
        message
      }
    }
  }
`);
