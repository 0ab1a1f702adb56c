package cairn.experiment.catalogue;

import cairn.experiment.file.UserMistake;
import cairn.model.property.Property;

import org.jspecify.annotations.Nullable;

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
 * @param jars where those of the protocols are from that are not shipped
 */
public record Catalogue(
        List<ProtocolForm> protocols,
        List<ServiceForm> services,
        List<ComputationForm> computations,
        List<Property> properties,
        List<ProtocolJar> jars) {

    public Catalogue {
        protocols = List.copyOf(protocols);
        services = List.copyOf(services);
        computations = List.copyOf(computations);
        properties = List.copyOf(properties);
        jars = List.copyOf(jars);
    }

    /** A catalogue of what is shipped. */
    public Catalogue(
            List<ProtocolForm> protocols,
            List<ServiceForm> services,
            List<ComputationForm> computations,
            List<Property> properties) {
        this(protocols, services, computations, properties, List.of());
    }

    /** The same with more protocols, which are listed last. */
    public Catalogue with(List<ProtocolForm> more) {
        return new Catalogue(
                Stream.concat(protocols.stream(), more.stream()).toList(),
                services,
                computations,
                properties,
                jars);
    }

    /**
     * The same with the protocols of jars.
     *
     * @throws UserMistake if two protocols have one name
     */
    public Catalogue withJars(List<ProtocolJar> more) {
        var owners = new LinkedHashMap<String, String>();
        protocolNames().forEach(name -> owners.put(name, "Cairn's own"));
        for (ProtocolJar jar : more) {
            for (ProtocolForm form : jar.protocols()) {
                @Nullable String other = owners.putIfAbsent(form.name(), "one of " + jar.shown());
                if (other != null) {
                    throw new UserMistake(
                            ProtocolJars.VARIABLE
                                    + ": "
                                    + jar.shown()
                                    + ": its protocol '"
                                    + form.name()
                                    + "' has the name of "
                                    + other);
                }
            }
        }
        Catalogue all = with(more.stream().flatMap(jar -> jar.protocols().stream()).toList());
        return new Catalogue(all.protocols, services, computations, properties, more);
    }

    /**
     * The version of what runs are a function of: that of the tool and the digests of jars, in the
     * order of what they provide.
     */
    public String version(String tool) {
        return jars.isEmpty()
                ? tool
                : tool
                        + " with "
                        + String.join(
                                ", ", jars.stream().map(ProtocolJar::version).sorted().toList());
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

    /** Says which jar does not fit this Cairn, if that is why something was thrown. */
    public Optional<UserMistake> unfit(Throwable thrown) {
        return jars.isEmpty()
                ? Optional.empty()
                : ProtocolJar.unfit(thrown)
                        .map(why ->
                                new UserMistake(
                                        ProtocolJars.VARIABLE + ": " + shownJars() + ": " + why));
    }

    /** The jars as the user named them. */
    public String shownJars() {
        return String.join(", ", jars.stream().map(ProtocolJar::shown).toList());
    }

    /** The jar among whose classes something was thrown, as the user named it. */
    public Optional<String> thrower(Throwable thrown) {
        List<String> shown = jars.stream().map(ProtocolJar::shown).toList();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            for (StackTraceElement frame : each.getStackTrace()) {
                if (shown.contains(String.valueOf(frame.getClassLoaderName()))) {
                    return Optional.of(String.valueOf(frame.getClassLoaderName()));
                }
            }
        }
        return Optional.empty();
    }
}
