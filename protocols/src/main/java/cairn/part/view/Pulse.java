package cairn.part.view;

/**
 * A sign that a host gives of its application.
 *
 * @param incarnation the life of the host's process
 * @param beats how often the application itself, not its host, has gone round its loop
 */
public record Pulse(int incarnation, long beats) {}
