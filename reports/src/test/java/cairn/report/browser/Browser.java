package cairn.report.browser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Chromium without a window, spoken to by its own protocol over a web socket of the JDK: no driver
 * and no library is needed. {@code CAIRN_BROWSER} names another than the one on the path.
 */
public final class Browser implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private int commands;

    private Browser(Process process, String address) {
        this.process = process;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create(address), new Listener())
                        .join();
    }

    /** A browser that this machine has. */
    public static Optional<String> found() {
        String named = System.getenv("CAIRN_BROWSER");
        if (named != null) {
            return Optional.of(named);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name ->
                        Stream.of(path.split(File.pathSeparator, -1)).map(at -> Path.of(at, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** Starts it with a profile of its own. */
    public static Browser start(String program, Path profile, boolean dark)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                program,
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--hide-scrollbars",
                                "--force-device-scale-factor=1",
                                "--window-size=1600,900",
                                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        URI browser = URI.create(address(process.errorReader(StandardCharsets.UTF_8)));
        String pages = "http://127.0.0.1:" + browser.getPort() + "/json/new?about:blank";
        String page =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(pages))
                                        .PUT(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        return new Browser(process, field(page, "webSocketDebuggerUrl"));
    }

    /**
     * What it says of where it listens; then its errors are read and forgotten, or it would wait.
     */
    private static String address(BufferedReader errors) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            int at = line.indexOf("ws://");
            if (at >= 0) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
                return line.substring(at).strip();
            }
        }
        throw new IOException("the browser ended before it listened");
    }

    /** Opens a file and waits until it is loaded. */
    public void open(Path file) throws InterruptedException {
        call("Page.navigate", Map.of("url", file.toUri().toString()));
        run(
                "new Promise(done => document.readyState === 'complete' ? done() :"
                        + " addEventListener('load', () => done()))");
    }

    /** The value of an expression of the page, as text; a promise is waited for. */
    public String run(String expression) throws InterruptedException {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("expression", "Promise.resolve(" + expression + ").then(String)");
        parameters.put("awaitPromise", true);
        parameters.put("returnByValue", true);
        String answer = call("Runtime.evaluate", parameters);
        if (answer.contains("\"exceptionDetails\"")) {
            throw new AssertionError(expression + " failed: " + answer);
        }
        return field(answer, "value");
    }

    /** Moves the mouse, or presses or releases its left button. */
    public void mouse(String type, double x, double y) throws InterruptedException {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("type", type);
        parameters.put("x", x);
        parameters.put("y", y);
        parameters.put("button", type.equals("mouseMoved") ? "none" : "left");
        parameters.put("buttons", type.equals("mousePressed") ? 1 : 0);
        parameters.put("clickCount", type.equals("mouseMoved") ? 0 : 1);
        call("Input.dispatchMouseEvent", parameters);
    }

    public void click(double x, double y) throws InterruptedException {
        mouse("mouseMoved", x, y);
        mouse("mousePressed", x, y);
        mouse("mouseReleased", x, y);
    }

    /** Presses a key by the name that pages know it by. */
    public void key(String key) throws InterruptedException {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** What is seen now, as PNG. */
    public byte[] screenshot() throws InterruptedException {
        return Base64.getDecoder()
                .decode(field(call("Page.captureScreenshot", Map.of("format", "png")), "data"));
    }

    private String call(String method, Map<String, Object> parameters) throws InterruptedException {
        int id = ++commands;
        socket.sendText(message(id, method, parameters), true).join();
        for (; ; ) {
            String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer to " + method);
            }
            if (answer.startsWith("{\"id\":" + id + ",")) {
                return answer;
            }
        }
    }

    private static String message(int id, String method, Map<String, Object> parameters) {
        var out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("id", id);
            json.writeStringField("method", method);
            json.writeObjectFieldStart("params");
            for (Map.Entry<String, Object> each : parameters.entrySet()) {
                json.writeObjectField(each.getKey(), each.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException cannotHappen) {
            throw new AssertionError(cannotHappen);
        }
        return out.toString();
    }

    /** The first field of a name, however deep. */
    private static String field(String text, String name) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && name.equals(json.currentName())) {
                    json.nextToken();
                    return json.getText();
                }
            }
        } catch (IOException broken) {
            throw new AssertionError(text, broken);
        }
        throw new AssertionError("no " + name + " in " + text);
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        // Its profile is deleted next, into which it must not write meanwhile.
        process.onExit().join();
    }

    /** Puts messages together, of which the browser may send parts. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                answers.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** A list of numbers that the page gave as text. */
    public static double[] numbers(String text) {
        return List.of(text.split(",", -1)).stream().mapToDouble(Double::parseDouble).toArray();
    }
}
