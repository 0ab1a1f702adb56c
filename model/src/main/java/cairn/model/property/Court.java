package cairn.model.property;

import cairn.model.Observation;
import cairn.model.Observer;

import java.util.ArrayList;
import java.util.List;

/** interim */
public final class Court implements Observer {
    private final List<Checker> checkers = new ArrayList<>();
    private final List<Judgement> judgements = new ArrayList<>();
    private boolean violated;

    public Court(List<Property> properties, Declaration declaration) {
        for (Property p : properties) {
            checkers.add(p.checker(declaration));
            judgements.add(new Judgement(p.id()));
        }
    }

    @Override
    public void on(Observation o) {
        for (int i = 0; i < checkers.size(); i++) {
            checkers.get(i).on(o, judgements.get(i));
            violated |= judgements.get(i).isViolated();
        }
    }

    public void conclude(Ending e) {
        for (int i = 0; i < checkers.size(); i++) checkers.get(i).conclude(e, judgements.get(i));
    }

    public boolean isViolated() {
        return violated;
    }

    public List<Judgement> judgements() {
        return judgements;
    }
}
