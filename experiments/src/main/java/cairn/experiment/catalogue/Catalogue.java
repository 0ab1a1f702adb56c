package cairn.experiment.catalogue;

import cairn.model.property.Property;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What experiments can be made of.
 *
 * @param protocols what can be tried
 * @param services what can be protected that clients ask
 * @param computations what can be protected that ranks compute
 * @param properties what is judged
 */
public record Catalogue(
        List<ProtocolForm> protocols,
        List<ServiceForm> services,
        List<ComputationForm> computations,
        List<Property> properties) {

    public Catalogue {
        protocols = List.copyOf(protocols);
        services = List.copyOf(services);
        computations = List.copyOf(computations);
        properties = List.copyOf(properties);
    }

    public List<FaultForm> faults() {
        return Faults.all();
    }

    /** The parts of the environment that can be changed, as they are if the file says nothing. */
    public SequencedMap<String, Record> environment() {
        var parts = new LinkedHashMap<String, Record>();
        parts.put("cpu", Surroundings.DEFAULT.cpu());
        parts.put("network", Surroundings.DEFAULT.network());
        parts.put("rdma", Surroundings.DEFAULT.rdma());
        Surroundings.DISKS.forEach((name, disk) -> parts.put("disk: " + name, disk));
        return parts;
    }

    public List<String> protocolNames() {
        return protocols.stream().map(ProtocolForm::name).toList();
    }

    /** The names of everything that can be protected. */
    public List<String> applicationNames() {
        return Stream.concat(
                        services.stream().map(ServiceForm::name),
                        computations.stream().map(ComputationForm::name))
                .toList();
    }

    public List<String> propertyNames() {
        return properties.stream().map(Property::id).toList();
    }

    /** The protocol of a name that is known. */
    public ProtocolForm protocol(String name) {
        return protocols.stream()
                .filter(form -> form.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The service of a name, if there is one. */
    public Optional<ServiceForm> service(String name) {
        return services.stream().filter(form -> form.name().equals(name)).findFirst();
    }

    /** The computation of a name, if there is one. */
    public Optional<ComputationForm> computation(String name) {
        return computations.stream().filter(form -> form.name().equals(name)).findFirst();
    }
}
