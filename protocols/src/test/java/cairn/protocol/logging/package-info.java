/** Tests of the families of message logging. */
@NullMarked
package cairn.protocol.logging;

import org.jspecify.annotations.NullMarked;
