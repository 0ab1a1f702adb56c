@NullMarked
package cairn.protocol.remus;

import org.jspecify.annotations.NullMarked;
