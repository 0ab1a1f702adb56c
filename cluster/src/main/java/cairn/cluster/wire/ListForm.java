package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A place that holds a list whose elements are of one form, or nothing. */
final class ListForm implements Form {

    private final Form element;

    ListForm(Form element) {
        this.element = element;
    }

    @Override
    public void write(@Nullable Object value, Sink out) {
        List<?> list = (List<?>) value;
        out.putInteger(list == null ? -1 : list.size());
        if (list != null) {
            for (Object each : list) {
                element.write(each, out);
            }
        }
    }

    @Override
    public @Nullable Object read(Source in) {
        int size = in.integer();
        if (size < 0) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>(Math.min(size, 1 << 16));
        for (int i = 0; i < size; i++) {
            list.add(element.read(in));
        }
        return Collections.unmodifiableList(list);
    }
}
