package cairn.experiment.toy;

import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.catalogue.ProtocolProvider;

import java.util.List;

/** Puts the toy protocol on the class path of tests, as an author's own is. */
public final class ForgetfulProvider implements ProtocolProvider {

    @Override
    public List<ProtocolForm> protocols() {
        return Toy.catalogue().protocols();
    }
}
