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

/** A property whose checker has a bug: it throws as soon as a node claims to lead. */
final class Broken implements Property {

    @Override
    public String id() {
        return "BROKEN";
    }

    @Override
    public String statement() {
        return "nobody knows";
    }

    @Override
    public Checker checker(Declaration declaration) {
        return new Checker() {
            @Override
            public Set<Topic> topics() {
                return EnumSet.of(Topic.LEADING);
            }

            @Override
            public void on(Observation observation, Judgement judgement) {
                throw new IllegalStateException("a checker's bug");
            }

            @Override
            public void conclude(Ending ending, Judgement judgement) {
                // It does not get there.
            }
        };
    }
}
