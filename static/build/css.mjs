// Small operations on a parsed stylesheet: keep the wanted classes, drop custom properties nobody reads, print it small.

const CLASS = /\.(-?[_a-zA-Z][\w-]*)/g;

/** Remove every rule of which a selector names a class that is not kept, and everything for modes we do not have. */
export function keepOnly(sheet, { keep, dropSelectors, dropProperties }) {
  const wanted = new RegExp(`^(?:${keep.join("|")})$`);
  const unwanted = new RegExp(dropSelectors.join("|"));
  const selectorStays = (selector) => {
    if (unwanted.test(selector)) return false;
    return [...selector.matchAll(CLASS)].every((match) => wanted.test(match[1]));
  };
  sheet.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes/.test(rule.parent.name)) return;
    const stays = rule.selector.includes(":root") ? [":root"] : rule.selectors.filter(selectorStays);
    if (rule.selector.includes(":root") && /scroll-behavior/.test(rule.toString())) return rule.remove();
    if (stays.length) rule.selectors = stays;
    else rule.remove();
  });
  sheet.walkDecls((decl) => {
    if (dropProperties.includes(decl.prop)) decl.remove();
  });
  sheet.walkComments((comment) => comment.remove());
  sheet.walkAtRules((rule) => {
    if (rule.name === "keyframes" || (rule.nodes && rule.nodes.length === 0)) rule.remove();
  });
  sheet.walkRules((rule) => {
    if (rule.nodes.length === 0) rule.remove();
  });
  sheet.walkAtRules((rule) => {
    if (rule.nodes && rule.nodes.length === 0) rule.remove();
  });
}

/** Remove custom properties that nothing reads, until none is left. */
export function dropUnusedProperties(sheet) {
  for (;;) {
    const read = new Set();
    sheet.walkDecls((decl) => {
      for (const match of decl.value.matchAll(/var\(\s*(--[\w-]+)/g)) read.add(match[1]);
    });
    let removed = 0;
    sheet.walkDecls(/^--/, (decl) => {
      if (!read.has(decl.prop)) {
        decl.remove();
        removed += 1;
      }
    });
    sheet.walkRules((rule) => {
      if (rule.nodes.length === 0) rule.remove();
    });
    if (!removed) return;
  }
}

/** The stylesheet without comments and without white space that means nothing. */
export function minify(sheet) {
  sheet.walkComments((comment) => comment.remove());
  sheet.walk((node) => {
    node.raws.before = "";
    if (node.type === "decl") {
      node.raws.between = ":";
      node.value = node.value.replace(/\s+/g, " ").trim();
      if (node.important) node.raws.important = "!important";
    } else {
      node.raws.between = "";
      node.raws.after = "";
      node.raws.semicolon = false;
      if (node.type === "rule") node.selector = node.selectors.map((part) => part.replace(/\s+/g, " ").replace(/ ?([>+~]) ?/g, "$1")).join(",");
      if (node.type === "atrule") {
        node.raws.afterName = node.params ? " " : "";
        node.params = node.params.replace(/\s+/g, " ");
      }
    }
  });
  sheet.raws.after = "";
  return sheet.toString() + "\n";
}
