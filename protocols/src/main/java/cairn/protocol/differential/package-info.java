/**
 * Differential images on the server's own disk: a full image now and then, and between them files
 * with the pages that changed since it (US patent 6,141,773; PA-3).
 */
@NullMarked
package cairn.protocol.differential;

import org.jspecify.annotations.NullMarked;
