/* Stands in for MathJax: our pages have prices, not formulas, and “$5 or $10” must stay as it is.
 * It also spares every page 900 KB of scripts. */
(() => {
  "use strict";
  const nothing = () => {};
  window.MathJax = {
    Hub: {
      Config: nothing,
      Configured: nothing,
      Queue: nothing,
      Register: { StartupHook: nothing },
      config: {},
    },
    Ajax: {},
    InputJax: { TeX: { resetEquationNumbers: nothing } },
  };
})();
