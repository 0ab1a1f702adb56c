@NullMarked
package cairn.verification;

import org.jspecify.annotations.NullMarked;
