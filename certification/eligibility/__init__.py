"""What training has established, as examinations may use it: the one passage through the wall.

Training announces that the hours of an outline are complete; here that becomes an eligibility with a numbered training
proof, and exams is told the fact and nothing else. Not here: how hours are earned (training), who may sit (exams).
"""
