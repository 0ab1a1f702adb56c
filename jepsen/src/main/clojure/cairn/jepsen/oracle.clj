(ns cairn.jepsen.oracle
  "Cairn's own checkers. They do not look at the history alone: the run was judged by the properties
  that the test names in `:properties`, from what the protocol claimed and what happened to its
  bytes. A property that was not judged is `:unknown`."
  (:require [cairn.jepsen.checker :as checker])
  (:import (cairn.model.property Judgement Verdict Verdict$Holds Verdict$Inconclusive Verdict$Violated)))

(set! *warn-on-reflection* true)

(defn judgements
  "What properties came to, by their ids."
  [all]
  (into (sorted-map)
        (map (fn [^Judgement judgement]
               (let [^Verdict v (.verdict judgement)]
                 [(.property judgement)
                  (condp instance? v
                    Verdict$Holds {:valid? true :witnesses (.witnesses ^Verdict$Holds v)}
                    Verdict$Violated {:valid? false :at (.at ^Verdict$Violated v)
                                      :explanation (.explanation ^Verdict$Violated v)}
                    Verdict$Inconclusive {:valid? :unknown :reason (.reason ^Verdict$Inconclusive v)})])))
        all))

(defn property
  "What a property came to, by its id."
  [id]
  (reify checker/Checker
    (check [_ test _ _]
      (or (get (:judgements test) id)
          {:valid? :unknown :reason (str id " was not judged: name it in :properties")}))))

(defn acknowledged-epochs-survive
  "DUR: no checkpoint that was acknowledged is lost."
  []
  (property "DUR"))

(defn one-primary
  "SP: no two act as primary at one time."
  []
  (property "SP"))

(defn outputs-once
  "OUT: no answer is taken back by a recovery after it left."
  []
  (property "OUT"))

(defn all
  "All properties that the test names, merged. What was never put to the test does not count against
  the history."
  []
  (reify checker/Checker
    (check [_ test _ _]
      (let [judgements (:judgements test)
            violated (into {} (filter (comp false? :valid? val)) judgements)]
        {:valid? (empty? violated)
         :violated violated
         :judgements judgements}))))
