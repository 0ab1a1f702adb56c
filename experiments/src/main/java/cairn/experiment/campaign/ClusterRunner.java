package cairn.experiment.campaign;

/** A cluster that is connected, and runs trials until it is closed. */
public interface ClusterRunner extends TrialRunner, AutoCloseable {

    @Override
    void close();
}
