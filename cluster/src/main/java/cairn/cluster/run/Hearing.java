package cairn.cluster.run;

import cairn.model.Message;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.Seat;
import cairn.model.fault.FaultTally;
import cairn.model.property.Court;
import cairn.model.property.Declaration;
import cairn.model.property.Ending;
import cairn.model.property.Property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Judges what was observed of a live run, in the order of time, once it is over. */
final class Hearing<M extends Message> {

    private final LiveScenario<M> scenario;
    private final List<Property> properties;
    private final List<? extends Observer> observers;

    Hearing(
            LiveScenario<M> scenario,
            List<Property> properties,
            List<? extends Observer> observers) {
        this.scenario = scenario;
        this.properties = properties;
        this.observers = observers;
    }

    /**
     * Stops the nodes, hears their last words, and judges.
     *
     * @param tallies is asked what became of the faults of the plan when the last words were said
     */
    LiveResult judge(
            LiveCluster<M> cluster,
            LiveProgress progress,
            Detections detections,
            long healthySince,
            Supplier<List<FaultTally>> tallies) {
        boolean finished = progress.isFinished();
        long end = cluster.now();
        List<Ending.Waiting> waiting = cluster.stop();
        List<Observation> observations = cluster.observations();
        Court court = new Court(properties, declaration());
        for (Observation observation : observations) {
            observers.forEach(observer -> observer.on(observation));
            court.on(observation);
        }
        court.conclude(new Ending(end, healthySince, finished, waiting));
        return new LiveResult(
                end,
                progress.count(),
                finished,
                cluster.networkBytes(),
                cluster.stableBytes(),
                cluster.barriers(),
                detections.nanos(),
                tallies.get(),
                cluster.clockErrorNanos(),
                court.judgements(),
                observations);
    }

    private Declaration declaration() {
        List<String> roles = new ArrayList<>();
        for (Seat seat : scenario.protocol().seats()) {
            roles.add(seat.role());
        }
        for (int i = 1; i <= scenario.application().clients(); i++) {
            roles.add("client-" + i);
        }
        return new Declaration(
                scenario.protocol().promise(),
                scenario.application(),
                roles,
                scenario.protocol().servers(),
                scenario.bounds());
    }
}
