@NullMarked
package cairn.application.keyvalue;

import org.jspecify.annotations.NullMarked;
