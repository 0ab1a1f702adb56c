/**
 * An image for each object that changed, and a registry that makes them a checkpoint (US patent
 * 7,082,553; PA-4).
 */
@NullMarked
package cairn.protocol.objectimages;

import org.jspecify.annotations.NullMarked;
