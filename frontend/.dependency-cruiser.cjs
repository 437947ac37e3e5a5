/** The layers of the front end, top to bottom: app › apps › features › kinds › registry|ui|api › lib. */
const layers = ['app', 'apps', 'features', '(fields|view-kinds)', '(registry|ui|api)', 'lib']

const upward = layers.slice(1).map((layer, index) => ({
  name: `${layer.replace(/[()]/g, '').replace(/\|/g, '-or-')}-looks-down-only`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: '\\.test\\.tsx?$' },
  to: { path: `^src/(${layers.slice(0, index + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...upward,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'a-feature-imports-no-other-feature',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/([^/]+)/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'a-kind-imports-no-other-kind',
      severity: 'error',
      from: { path: '^src/(fields|view-kinds)/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(fields|view-kinds)/', pathNot: '^src/$1/$2/' },
    },
    {
      name: 'what-ships-imports-no-testing',
      severity: 'error',
      from: { path: '^src/', pathNot: '(^src/testing/|\\.test\\.tsx?$)' },
      to: { path: '^src/testing/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.app.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.css', '.json'], exportsFields: ['exports'], conditionNames: ['types', 'import', 'browser', 'default'] },
  },
}
