import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['src/graphql', 'dist', 'dist.new'] },
  ...ts.configs.strict,
  hooks.configs.flat['recommended-latest'],
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      // Stored text is shown as text, never as markup.
      'no-restricted-syntax': ['error', 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', 'MemberExpression[property.name=/^(innerHTML|outerHTML)$/]'],
    },
  },
);
