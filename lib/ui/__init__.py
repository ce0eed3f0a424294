"""Every line of Streamlit outside app.py and the pages."""
