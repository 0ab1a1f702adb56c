package cairn.cluster.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A process that sends what it is told in datagrams, and prints those that it hears. */
final class Talker {

    static final int PORT = 4_000;

    private Talker() {}

    public static void main(String[] words) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(words[0], PORT))) {
            Thread.ofPlatform().daemon().start(() -> listen(socket));
            System.out.println("ready");
            var input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                String[] parts = line.split(" ", 2);
                byte[] word = parts[1].getBytes(StandardCharsets.UTF_8);
                socket.send(
                        new DatagramPacket(
                                word, word.length, new InetSocketAddress(parts[0], PORT)));
            }
        }
    }

    private static void listen(DatagramSocket socket) {
        try {
            while (true) {
                var heard = new DatagramPacket(new byte[100], 100);
                socket.receive(heard);
                System.out.println(
                        new String(heard.getData(), 0, heard.getLength(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // Its end: nobody listens any more.
            return;
        }
    }
}
