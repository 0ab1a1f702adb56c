package cairn.part.replica;

import cairn.model.NodeId;

/**
 * A holder of copies that a membership names.
 *
 * @param place a node, or the global storage
 * @param identity of what it stores on: a blank disk in its place has another one, and does not
 *     count as the same member
 */
public record Member(NodeId place, int identity) {}
