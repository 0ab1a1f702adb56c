package cairn.simulator.disk;

import cairn.model.NodeId;
import cairn.model.choice.Choices;
import cairn.model.storage.StorageError;
import cairn.simulator.kernel.Kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A disk under test, and what it answered and when, as text: "stored 3 @2410". */
final class Bench implements Completions {

    /** Its machine. */
    static final NodeId HERE = new NodeId(1);

    final Kernel kernel = new Kernel();
    final SimulatedDisk disk;
    final List<String> answers = new ArrayList<>();
    private byte[] fetched = {};
    private List<String> names = List.of();
    private long token;

    Bench(DiskCosts costs, Choices choices) {
        disk = new SimulatedDisk(HERE.toString(), costs, kernel, choices, this);
    }

    @Override
    public void written(long done) {
        answer("written " + done);
    }

    @Override
    public void synced(long done) {
        answer("synced " + done);
    }

    @Override
    public void fetched(long done, byte[] content) {
        fetched = content;
        answer("fetched " + done);
    }

    @Override
    public void listed(long done, List<String> listed) {
        names = listed;
        answer("listed " + done);
    }

    @Override
    public void failed(long refused, StorageError error) {
        answer(error + " " + refused);
    }

    private void answer(String what) {
        answers.add(what + " @" + kernel.now());
    }

    /** So many bytes of one value. */
    static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    Bench write(String file, long offset, byte[] content) {
        disk.write(++token, file, offset, content);
        return this;
    }

    Bench sync(String file) {
        disk.sync(++token, file);
        return this;
    }

    Bench rename(String from, String to) {
        disk.rename(++token, from, to);
        return this;
    }

    Bench delete(String file) {
        disk.delete(++token, file);
        return this;
    }

    Bench syncDirectory() {
        disk.syncDirectory(++token);
        return this;
    }

    /** Lets all that was asked be done. */
    Bench run() {
        kernel.run(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        return this;
    }

    /** Lets pass what happens until a time. */
    Bench runUntil(long time) {
        kernel.run(time, Long.MAX_VALUE);
        return this;
    }

    byte[] read(String file) {
        disk.read(++token, file);
        run();
        return fetched;
    }

    List<String> list() {
        disk.list(++token);
        run();
        return names;
    }

    /** The answers without their times. */
    List<String> untimed() {
        return answers.stream().map(answer -> answer.substring(0, answer.indexOf(" @"))).toList();
    }

    String lastAnswer() {
        return answers.getLast();
    }
}
