@NullMarked
package cairn.application.bank;

import org.jspecify.annotations.NullMarked;
