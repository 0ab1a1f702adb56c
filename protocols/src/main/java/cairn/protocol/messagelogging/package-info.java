/**
 * Message logging as in DejaVu: copies of messages are kept until they are acknowledged, and are
 * part of a coordinated checkpoint, so that no message is lost or doubled by going back to it.
 */
@NullMarked
package cairn.protocol.messagelogging;

import org.jspecify.annotations.NullMarked;
