package cairn.protocol.segments;

import cairn.model.NodeId;

/**
 * A holder of copies that a registration names.
 *
 * @param place the checkpoint service, or the global storage
 * @param identity of what it stores on: a blank disk in its place has another one, and does not
 *     count as the same member
 */
record Member(NodeId place, int identity) {}
