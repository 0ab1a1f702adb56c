@NullMarked
package cairn.model.property;

import org.jspecify.annotations.NullMarked;
