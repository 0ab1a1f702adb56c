(ns cairn.jepsen.linear
  "A picture of why a history is not linearizable: what went on around the operation that no order
  explains, a row for each process, from left to right as it was called and answered."
  (:require [cairn.jepsen.history :as h]
            [clojure.string :as str]))

(set! *warn-on-reflection* true)

(def ^:private most-shown "Operations." 40)
(def ^:private step "Dots from one event to the next." 78)
(def ^:private row 30)
(def ^:private left 70)
(def ^:private top 64)

(def ^:private fill {:ok "#dcecff" :info "#fff0cf" :culprit "#ffdfe3"})
(def ^:private edge {:ok "#2f6fb7" :info "#c98a00" :culprit "#b8324a"})

(defn- escaped [s]
  (-> (str s) (str/replace "&" "&amp;") (str/replace "<" "&lt;") (str/replace ">" "&gt;")))

(defn- words [{:keys [f value]}] (str (if (keyword? f) (name f) f) " " (pr-str value)))

(defn- around
  "What was under way from the last operations of the longest order on, until the culprit's answer."
  [history {:keys [op final-paths]}]
  (let [until (long (:index op))
        path (keep :index (take-last 6 (butlast (first final-paths))))
        pairs (remove (fn [[invocation completion]]
                        (or (< until (long (:index invocation))) (h/fail? completion)))
                      (h/pairs history))
        culprits (filter (fn [[_ completion]] (= until (:index completion))) pairs)
        from (long (reduce min until (concat path (map (comp :index first) culprits))))]
    (take-last most-shown
               (filter (fn [[_ completion]] (or (nil? completion) (<= from (long (:index completion)))))
                       pairs))))

(defn- bar [columns rows places culprit [invocation completion]]
  (let [kind (cond (= culprit (:index completion)) :culprit (h/ok? completion) :ok :else :info)
        x (+ left (* step (long (columns (:index invocation)))))
        ;; What was never answered may happen at any time later.
        end (if (and (not= kind :info) (contains? columns (:index completion)))
              (columns (:index completion))
              (count columns))
        width (max 20 (- (* step (long end)) (* step (long (columns (:index invocation)))) 6))
        y (+ top (* row (long (rows (:process invocation)))))
        place (places (:index invocation))
        known (if (h/ok? completion) (assoc invocation :value (:value completion)) invocation)]
    (str "<g><title>" (escaped (words known)) "</title><rect x='" x "' y='" y "' width='" width
         "' height='22' rx='3' fill='" (fill kind) "' stroke='" (edge kind) "'/><text x='" (+ x 5) "' y='" (+ y 15) "'>"
         (when place (str "<tspan font-weight='700'>" place ". </tspan>")) (escaped (words known)) "</text></g>")))

(defn svg
  "The picture for a history and the result of its analysis, which is not valid."
  [history {:keys [op final-paths configs] :as result}]
  (let [pairs (around history result)
        events (sort (mapcat (fn [[invocation completion]]
                               (cons (:index invocation)
                                     (when (and completion (<= (long (:index completion)) (long (:index op))))
                                       [(:index completion)])))
                             pairs))
        columns (zipmap events (range))
        rows (zipmap (sort (distinct (map (comp :process first) pairs))) (range))
        ordered (filter (set (map (comp :index first) pairs)) (keep :index (butlast (first final-paths))))
        width (+ left 180 (* step (count columns)))
        height (+ top 40 (* row (count rows)))]
    (str "<svg xmlns='http://www.w3.org/2000/svg' width='" width "' height='" height
         "' font-family='system-ui, sans-serif' font-size='12' fill='#1c2430'>"
         "<rect width='100%' height='100%' fill='#fff'/>"
         "<text x='16' y='24' font-size='15'>" (escaped (str "No order explains that process " (:process op) " had " (words op)))
         "</text><text x='16' y='44' fill='#5a6472'>"
         (escaped (str "Numbers are the longest order that was found; after it the state is "
                       (pr-str (:model (first configs)))))
         "</text>"
         (str/join (for [[process i] rows]
                     (str "<text x='16' y='" (+ top 15 (* row (long i))) "' fill='#5a6472'>" (escaped process) "</text>")))
         (str/join (map (partial bar columns rows (zipmap ordered (map inc (range))) (:index op)) pairs))
         "</svg>")))
