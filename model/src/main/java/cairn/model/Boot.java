package cairn.model;

/**
 * What a process is told when it starts.
 *
 * @param self its place in the layout
 * @param incarnation how often this place was started before, from zero
 */
public record Boot(NodeId self, int incarnation) {}
