@NullMarked
package cairn.protocol.objectimages;

import org.jspecify.annotations.NullMarked;
