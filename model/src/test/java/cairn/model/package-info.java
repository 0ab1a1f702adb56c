@NullMarked
package cairn.model;

import org.jspecify.annotations.NullMarked;
