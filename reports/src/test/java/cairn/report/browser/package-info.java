/** A real browser, to test pages in. */
@NullMarked
package cairn.report.browser;

import org.jspecify.annotations.NullMarked;
