/** Tests of message logging as in DejaVu. */
@NullMarked
package cairn.protocol.messagelogging;

import org.jspecify.annotations.NullMarked;
