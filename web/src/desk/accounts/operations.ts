import { graphql } from '../../gql';

graphql(`
  fragment AccountLine on Account {
    name
    role
    createdAt
    disabledAt
  }
`);

export const AccountsQuery = graphql(`
  query Accounts {
    accounts {
      ...AccountLine
    }
  }
`);

export const CreateAccount = graphql(`
  mutation CreateAccount($name: String!, $role: Role!, $password: String!) {
    answer: createAccount(name: $name, role: $role, password: $password) {
      account {
        ...AccountLine
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const SetAccountRole = graphql(`
  mutation SetAccountRole($name: String!, $role: Role!) {
    answer: setAccountRole(name: $name, role: $role) {
      account {
        ...AccountLine
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const ResetPassword = graphql(`
  mutation ResetPassword($name: String!, $password: String!) {
    answer: resetPassword(name: $name, password: $password) {
      account {
        ...AccountLine
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const DisableAccount = graphql(`
  mutation DisableAccount($name: String!) {
    answer: disableAccount(name: $name) {
      account {
        ...AccountLine
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const RevokeTokens = graphql(`
  mutation RevokeTokens($subject: String!) {
    answer: revokeTokens(subject: $subject) {
      subject
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const RevokeToken = graphql(`
  mutation RevokeToken($id: String!) {
    answer: revokeToken(id: $id) {
      id
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const IssueToken = graphql(`
  mutation IssueToken($subject: String!, $role: Role!, $hours: Int!) {
    answer: issueToken(subject: $subject, role: $role, hours: $hours) {
      token
      id
      expiresAt
      userErrors {
        ...Refusal
      }
    }
  }
`);
