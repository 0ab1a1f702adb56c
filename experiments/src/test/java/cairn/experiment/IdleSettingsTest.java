package cairn.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whatever a file can set is read by some code, besides the constructor that says what is in range:
 * a setting that decides nothing would let a user believe that it made no difference.
 */
final class IdleSettingsTest {

    @Test
    void eachSettingIsReadSomewhere() throws IOException {
        List<ClassModel> classes = shipped();
        var settings = new TreeSet<String>();
        var read = new HashSet<String>();
        for (ClassModel type : classes) {
            settings.addAll(settings(type));
            type.methods().forEach(method -> read.addAll(readIn(type, method)));
        }
        assertTrue(settings.size() > 200, settings.size() + " settings");
        settings.removeAll(read);
        assertEquals(Set.of(), settings);
    }

    private static List<String> settings(ClassModel type) {
        String name = type.thisClass().asInternalName();
        if (!name.endsWith("Settings") && !name.endsWith("Costs")) {
            return List.of();
        }
        return type.elementStream()
                .filter(RecordAttribute.class::isInstance)
                .flatMap(each -> ((RecordAttribute) each).components().stream())
                .map(RecordComponentInfo::name)
                .map(component -> name + "." + component.stringValue())
                .toList();
    }

    /** Members whose values a method uses, each with its class. */
    private static List<String> readIn(ClassModel type, MethodModel method) {
        var used = new ArrayList<String>();
        // An accessor reads its component whether somebody calls it or not.
        String itself = type.thisClass().asInternalName() + "." + method.methodName().stringValue();
        method.code().stream()
                .flatMap(code -> code.elementStream())
                .forEach(element -> {
                    switch (element) {
                        case FieldInstruction field when isRead(field) ->
                                used.add(name(field.field()));
                        case InvokeInstruction call -> used.add(name(call.method()));
                        case InvokeDynamicInstruction made ->
                                made.bootstrapArgs().stream()
                                        .filter(DirectMethodHandleDesc.class::isInstance)
                                        .map(DirectMethodHandleDesc.class::cast)
                                        .filter(handle -> isCalled(made))
                                        .map(IdleSettingsTest::name)
                                        .forEach(used::add);
                        default -> {}
                    }
                });
        used.removeIf(itself::equals);
        return used;
    }

    private static boolean isRead(FieldInstruction field) {
        return field.opcode() == Opcode.GETFIELD;
    }

    /** Whether it is a method reference, and not what a record does with all its components. */
    private static boolean isCalled(InvokeDynamicInstruction made) {
        return !made.bootstrapMethod().owner().displayName().equals("ObjectMethods");
    }

    private static String name(MemberRefEntry member) {
        return member.owner().asInternalName() + "." + member.name().stringValue();
    }

    private static String name(DirectMethodHandleDesc handle) {
        String descriptor = handle.owner().descriptorString();
        return descriptor.substring(1, descriptor.length() - 1) + "." + handle.methodName();
    }

    private static List<ClassModel> shipped() throws IOException {
        var classes = new ArrayList<ClassModel>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path place = Path.of(entry);
            if (Files.isDirectory(place) && !place.endsWith("test-classes")) {
                parse(place, classes);
            } else if (place.getFileName().toString().matches("cairn-.*(?<!tests)\\.jar")) {
                try (FileSystem jar =
                        FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
                    parse(jar.getPath("/"), classes);
                }
            }
        }
        return classes;
    }

    private static void parse(Path root, List<ClassModel> classes) throws IOException {
        Path ours = root.resolve("cairn");
        if (!Files.isDirectory(ours)) {
            return;
        }
        try (Stream<Path> files = Files.walk(ours)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                classes.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
    }
}
