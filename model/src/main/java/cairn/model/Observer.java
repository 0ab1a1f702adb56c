package cairn.model;

/** A fold over what happened: a checker, a measurement, a trace. */
@FunctionalInterface
public interface Observer {
    void on(Observation observation);
}
