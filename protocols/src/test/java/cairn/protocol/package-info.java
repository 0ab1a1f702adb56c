/** What the tests of all protocols share: seeded bugs, and runs drawn from a seed. */
@NullMarked
package cairn.protocol;

import org.jspecify.annotations.NullMarked;
