@NullMarked
package cairn.verification.junit;

import org.jspecify.annotations.NullMarked;
