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
      facts {
        type
        record
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
