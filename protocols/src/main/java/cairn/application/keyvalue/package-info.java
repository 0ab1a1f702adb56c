/** A key-value service: hot and cold keys, each a register that is read, written and compared. */
@NullMarked
package cairn.application.keyvalue;

import org.jspecify.annotations.NullMarked;
