package cairn.experiment.toy;

import cairn.model.Observation;
import cairn.model.property.Checker;
import cairn.model.property.Declaration;
import cairn.model.property.Ending;
import cairn.model.property.Judgement;
import cairn.model.property.Property;
import cairn.model.property.Topic;

import java.util.EnumSet;
import java.util.Set;

/** Each answer is higher than all before. */
final class Grows implements Property {

    @Override
    public String id() {
        return "GROWS";
    }

    @Override
    public String statement() {
        return "each answer is higher than all before";
    }

    @Override
    public Checker checker(Declaration declaration) {
        return new Checker() {
            private long highest;

            @Override
            public Set<Topic> topics() {
                return EnumSet.of(Topic.RELEASED);
            }

            @Override
            public void on(Observation observation, Judgement judgement) {
                if (observation
                        instanceof Observation.Released(long at, var _, int _, var response)) {
                    if (response.result() <= highest) {
                        judgement.violated(at, "answer " + response.result() + " after " + highest);
                    }
                    highest = Math.max(highest, response.result());
                    judgement.witness();
                }
            }

            @Override
            public void conclude(Ending ending, Judgement judgement) {
                // All was said when it happened.
            }
        };
    }
}
