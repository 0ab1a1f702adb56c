package cairn.experiment.catalogue;

import cairn.model.property.Properties;

import java.util.List;

/**
 * The catalogue that comes with the testbed; the only place that names concrete protocols and
 * services.
 */
public final class Shipped {

    private Shipped() {}

    public static Catalogue catalogue() {
        return new Catalogue(List.of(), List.of(), Properties.all());
    }
}
